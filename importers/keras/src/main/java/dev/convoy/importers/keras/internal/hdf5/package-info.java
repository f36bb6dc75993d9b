/**
 * HDF5 files read as input from strangers: jHDF parses superblocks, object headers and messages, this package walks
 * groups and reads datasets. Every address and size is checked before it is used, links out of the file are refused,
 * and work is bounded in count, depth, memory and time.
 */
@NullMarked
package dev.convoy.importers.keras.internal.hdf5;

import org.jspecify.annotations.NullMarked;
