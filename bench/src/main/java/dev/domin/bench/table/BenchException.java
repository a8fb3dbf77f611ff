package dev.domin.bench.table;

/** Something that ends the run, in a sentence for whoever started it. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BenchException(String sentence) {
        super(sentence);
    }
}
