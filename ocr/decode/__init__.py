"""The child process that decodes scans: it gets open files, gives back pixels, and may die."""
