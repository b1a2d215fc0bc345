"""Districts with forty years of true history, told by entries instead of pictures: what the links are measured on."""
