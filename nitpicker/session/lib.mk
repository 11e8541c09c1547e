LIB   = session
SRC_C = component.c parent.c parent_provider.c parent_report.c parent_session.c \
        runtime.c label.c chord.c \
        client.c framebuffer.c framebuffer_server.c frames.c \
        input.c input_names.c input_held.c input_sender.c input_server.c \
        log_client.c log_server.c screenshot_server.c \
        nitpicker.c nitpicker_buffer.c nitpicker_resume.c nitpicker_views.c \
        protocol.c records.c plan.c document.c \
        wire.c wire_call.c wire_check.c wire_queue.c wire_receive.c \
        wire_text.c trace.c
LIBS  = base
