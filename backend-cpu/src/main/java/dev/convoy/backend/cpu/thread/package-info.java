/** The backend's own threads: work is cut into items that do not depend on how many threads there are. */
@NullMarked
package dev.convoy.backend.cpu.thread;

import org.jspecify.annotations.NullMarked;
