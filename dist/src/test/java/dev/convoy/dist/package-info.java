/** What the folder that ./convoy runs promises. */
@NullMarked
package dev.convoy.dist;

import org.jspecify.annotations.NullMarked;
