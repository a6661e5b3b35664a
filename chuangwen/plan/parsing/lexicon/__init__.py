"""Word lists of the genre. The grammar beside this package knows forms; these know words."""
