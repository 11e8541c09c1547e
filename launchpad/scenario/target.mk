# Scenarios: nothing to build, only to bring along.
DATA     = desktop.xml demo.xml two_linux.xml two_xvfb.xml image.xml guests.xml \
           $(addprefix backend/,sdl2.xml vnc.xml virtual.xml vesa.xml \
                                intel.xml boot.xml)
DATA_DIR = scenario
