"""Pictures of one's own -> images of one size: from a zip, a folder, an npz or single files, none of which is trusted.

pile      Pile: pictures that are read one by one, and the bounds within which they are
zips      the pictures of a zip archive, by their folders
trees     the pictures of a folder on this machine, by their folders, and single files
arrays    the pictures of an npz: `images`, and maybe `labels`
picture   the bytes of a picture -> 8-bit grey or colour, upright, square
gathered  from a source to images, labels and classes, and to a data set
"""
