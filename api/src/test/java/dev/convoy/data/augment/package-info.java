/** Tests of augmentation. */
@NullMarked
package dev.convoy.data.augment;

import org.jspecify.annotations.NullMarked;
