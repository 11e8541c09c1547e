LIB   = session
SRC_C = component.c parent.c parent_provider.c parent_report.c runtime.c \
        protocol.c records.c document.c \
        wire.c wire_call.c wire_check.c wire_queue.c wire_receive.c \
        wire_text.c trace.c
LIBS  = base
