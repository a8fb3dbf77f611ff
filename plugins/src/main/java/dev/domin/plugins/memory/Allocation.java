package dev.domin.plugins.memory;

import dev.domin.spi.Blob;
import dev.domin.spi.engine.BlobAccess;
import java.util.HashMap;
import java.util.Map;

/** A run of bytes with an address. Guarded by the script lock. */
public final class Allocation {

    private static final byte[] NOTHING = {};

    private final long address;
    private final byte[] bytes;
    private final Map<Integer, Blob> views = new HashMap<>();

    Allocation(long address, byte[] bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /** {@return what scripts call the place of the first byte; never 0} */
    public long address() {
        return address;
    }

    /** {@return how many bytes there are} */
    public int size() {
        return bytes.length;
    }

    /**
     * Shows the first bytes as a blob. Every call with one length gives the same blob, so that a callback may ask for it with each
     * packet; only after a script has assigned to it by {@code =}, and so gave it bytes of its own, there is a new one.
     *
     * @param length how many bytes, at most {@link #size}
     * @return a blob whose bytes are the allocation's
     */
    Blob view(int length) {
        var view = views.get(length);
        if (view == null || !shows(view) || view.length() != length) {
            view = new Blob();
            BlobAccess.borrow(view, bytes, length);
            views.put(length, view);
        }
        return view;
    }

    /** Empties the blobs that still show the bytes, so that a script that goes on using one is told so. */
    void expire() {
        for (var view : views.values()) {
            if (shows(view)) {
                BlobAccess.borrow(view, NOTHING, 0);
            }
        }
        views.clear();
    }

    @SuppressWarnings("ReferenceEquality") // the same array is meant, not the same bytes
    private boolean shows(Blob view) {
        return view.array() == bytes;
    }
}
