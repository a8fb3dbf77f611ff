package dev.domin.plugins.memory;

import dev.domin.spi.Blob;
import dev.domin.spi.engine.BlobAccess;
import java.util.HashMap;
import java.util.Map;

/** An array of bytes with an address. Guarded by the script lock. */
public final class Allocation {

    private static final byte[] NOTHING = {};

    private final long address;
    private final byte[] bytes;
    private final Map<Integer, Blob> views = new HashMap<>();

    Allocation(long address, byte[] bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /** {@return the address that scripts use; never 0} */
    public long address() {
        return address;
    }

    /** {@return the number of bytes} */
    public int size() {
        return bytes.length;
    }

    /**
     * Returns a blob that is a view of the first bytes. Calls with the same length return the same blob, so that a
     * callback can call this for each packet. Only after a script has assigned to that blob by {@code =}, which gave it
     * its own bytes, the next call returns a new blob.
     *
     * @param length the number of bytes, at most {@link #size}
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

    /** Empties the blobs that are still views of the bytes, so that using one afterwards is an error. */
    void expire() {
        for (var view : views.values()) {
            if (shows(view)) {
                BlobAccess.borrow(view, NOTHING, 0);
            }
        }
        views.clear();
    }

    @SuppressWarnings("ReferenceEquality") // compares the arrays, not their contents
    private boolean shows(Blob view) {
        return view.array() == bytes;
    }
}
