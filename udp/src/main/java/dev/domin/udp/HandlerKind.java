package dev.domin.udp;

/**
 * A handler, and whether it waits before it begins a packet.
 *
 * @param handler the handler
 * @param waits whether it calls {@link AdvancedDatagram#begin} itself
 */
record HandlerKind(AdvancedHandler handler, boolean waits) {

    static HandlerKind simple(DatagramHandler handler) {
        return new HandlerKind(new Simple(handler), false);
    }

    static HandlerKind advanced(AdvancedHandler handler) {
        return new HandlerKind(handler, true);
    }

    /** An adapter that interrupts the handler when it runs for too long while the endpoint closes. */
    private static final class Simple implements AdvancedHandler {

        private final DatagramHandler handler;

        Simple(DatagramHandler handler) {
            this.handler = handler;
        }

        @Override
        public void handle(AdvancedDatagram packet) throws Exception {
            if (packet.attachment() != Thread.currentThread()) {
                packet.attach(Thread.currentThread());
            }
            handler.handle(packet);
        }

        @Override
        public void cancel(AdvancedDatagram packet) {
            if (packet.attachment() instanceof Thread thread) {
                thread.interrupt(); // reaches a worker only while it is in a handler
            }
        }
    }
}
