/** Rules of backends, executables, sessions and states, numbered like those of the ops. */
@NullMarked
package dev.convoy.conformance.session;

import org.jspecify.annotations.NullMarked;
