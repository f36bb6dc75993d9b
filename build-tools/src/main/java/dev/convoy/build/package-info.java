/** Checks that run over the whole source tree during {@code mvn verify}, and the formatter behind them. */
@NullMarked
package dev.convoy.build;

import org.jspecify.annotations.NullMarked;
