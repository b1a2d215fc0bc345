"""The same parcel through the map series: who may be whom, one consistent answer, and how likely each step is."""
