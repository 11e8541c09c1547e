# What makes the image is scripts, which are called where they lie.
MAN = nitpicker-image.7
