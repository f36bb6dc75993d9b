/** Trainings on the CPU backend: what they reach, that they repeat bit by bit, and what they say when they cannot go on. */
@NullMarked
package dev.convoy.backend.cpu.training;

import org.jspecify.annotations.NullMarked;
