package dev.domin.lang.syntax;

/** Ends the parsing of something after an error, which has been reported. Caught inside the parser. */
@SuppressWarnings("StaticAssignmentOfThrowable") // it has neither a trace nor suppressed exceptions
final class Abort extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Ends the statement: the next one may be correct. */
    static final Abort STATEMENT = new Abort();

    /** Ends all open blocks: the current token begins a function or struct. */
    static final Abort BLOCKS = new Abort();

    /** Ends the file. */
    static final Abort FILE = new Abort();

    private Abort() {
        super(null, null, false, false);
    }
}
