package dev.domin.bench.peer;

/** Prints a line: the minimum that a program on the JVM can do. */
public final class BareHello {

    private BareHello() {}

    /**
     * Prints the line.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.out.println("hello, world");
    }
}
