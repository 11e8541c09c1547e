/*
 * icon: the file of a program's icon, as its .desktop file names it.
 */
#ifndef CATALOGUE_ICON_H
#define CATALOGUE_ICON_H

/*
 * The PNG file that fits `side` pixels best: an absolute path, or a name that
 * is looked up in the theme hicolor, which every program's icon is in, and in
 * pixmaps, below the folders of data that the environment names. Owned by the
 * caller; NULL: there is none.
 */
char *icon_find(const char *name, int side);

#endif
