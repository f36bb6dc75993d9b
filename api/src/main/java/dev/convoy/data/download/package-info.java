/**
 * Data sets that are found by name ({@link dev.convoy.data.download.NamedDatasets}): in a cache folder, or else downloaded
 * into it. What is downloaded is taken as untrusted: nothing gets its final name whose size or SHA-256 is not the one
 * written down here.
 */
@NullMarked
package dev.convoy.data.download;

import org.jspecify.annotations.NullMarked;
