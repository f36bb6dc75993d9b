/** The composite ops that Convoy brings: each a record with its attributes and its decomposition into core ops. */
@NullMarked
package dev.convoy.graph.composite;

import org.jspecify.annotations.NullMarked;
