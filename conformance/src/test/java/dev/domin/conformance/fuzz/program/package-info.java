/**
 * Programs made at random, each with an interpreter that predicts its output. An expression is a text together with a
 * function that computes its value; a statement likewise. Both are made side by side, so that the interpreter knows
 * nothing of the compiler.
 */
package dev.domin.conformance.fuzz.program;
