package dev.domin.bench.table;

/** An error that ends the run, with a message for the user. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BenchException(String sentence) {
        super(sentence);
    }
}
