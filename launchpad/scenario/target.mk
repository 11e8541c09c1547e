# Scenarios: nothing to build, only to bring along.
DATA     = desktop.xml demo.xml two_linux.xml backend/sdl2.xml backend/vnc.xml backend/virtual.xml \
           backend/vesa.xml backend/intel.xml
DATA_DIR = scenario
