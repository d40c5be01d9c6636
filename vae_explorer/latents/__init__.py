"""An encoded data set as NumPy arrays, and what is read off it; no PyTorch.

encoded       Latents, and their columns by name
beta_latents  the same seen through a multi-rate network at every β
neighbours    images that are encoded alike
clusters      groups of images, found without labels
traits        what is known of every image: its class, and its factors
map_points    which images are points of maps: all, or a sample of very many
selection     images within an area drawn on a map
sampling      codes drawn from the prior or from a mixture fitted to the aggregate posterior
traversals    geometry on z: grids over two units, walks along one, paths between two codes
affine_map    the best affine map from the codes of one model to those of another
"""
