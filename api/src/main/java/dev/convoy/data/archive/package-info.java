/**
 * The files of a {@link dev.convoy.data.archive.FileSource}: a folder, a zip file or a tar file, compressed or not, read
 * one after another without unpacking anything to disk. Archives are taken as untrusted: names that leave the archive,
 * names that occur twice, links, wrong checksums and sizes that cannot be are refused or left out.
 */
@NullMarked
package dev.convoy.data.archive;

import org.jspecify.annotations.NullMarked;
