LIB   = child
SRC_C = ask.c cgroup.c change.c death.c descend.c description.c end.c entry.c \
        event.c family.c file.c filter.c grant.c groups.c host.c isolate.c \
        isolate_trial.c label.c life.c limit.c line.c measure.c memo.c output.c \
        places.c pulse.c quota.c report.c request.c route.c serio.c serve.c \
        session.c spawn.c start.c store.c watch.c
LIBS  = session base
REQUIRES = libseccomp
