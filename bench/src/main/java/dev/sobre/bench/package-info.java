/** Benchmarks of single parts (JMH); README.md says how to run them. Nothing ships from here. */
@NullMarked
package dev.sobre.bench;

import org.jspecify.annotations.NullMarked;
