"""The only package that imports bpy. Import it inside the function that renders, never at the top of a module."""
