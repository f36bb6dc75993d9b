/** Tests of downloads. */
@NullMarked
package dev.convoy.data.download;

import org.jspecify.annotations.NullMarked;
