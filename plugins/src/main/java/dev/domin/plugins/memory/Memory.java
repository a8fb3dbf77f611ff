package dev.domin.plugins.memory;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The allocations of one run, by address. The addresses are artificial: allocations do not overlap, and no address is
 * used twice in a run. Guarded by the script lock.
 */
public final class Memory {

    private static final long FIRST_ADDRESS = 0x10000;
    private static final long PAGE = 0x1000;

    private final Map<Long, Allocation> allocations = new HashMap<>();
    private long nextAddress = FIRST_ADDRESS;

    private Memory() {}

    /**
     * Returns the memory of a run.
     *
     * @param context the run
     * @return its memory, which all plugins share
     */
    public static Memory of(ScriptContext context) {
        return context.shared(Memory.class, new Maker());
    }

    /**
     * Allocates bytes, all 0.
     *
     * @param size the number of bytes
     * @return the bytes
     * @throws ScriptError if there is not enough memory
     */
    public Allocation allocate(long size) {
        var allocation = new Allocation(nextAddress, new Blob(size).array());
        allocations.put(allocation.address(), allocation);
        nextAddress += (size / PAGE + 2) * PAGE;
        return allocation;
    }

    /**
     * Frees bytes. The blobs that are views of them become empty.
     *
     * @param allocation an allocation of this run
     */
    public void free(Allocation allocation) {
        allocations.remove(allocation.address());
        allocation.expire();
    }

    /**
     * Returns a blob that is a view of the bytes at an address.
     *
     * @param address the address of an allocation
     * @param size the number of bytes
     * @return the blob, which shares the bytes
     * @throws ScriptError if there is no such allocation, or it is smaller
     */
    public Blob view(long address, long size) {
        var allocation = allocations.get(address);
        if (allocation == null) {
            throw unknown(address);
        }
        if (size < 0 || size > allocation.size()) {
            throw new ScriptError(
                    "size is " + size + ", but at address " + address + " there are " + allocation.size() + " bytes");
        }
        return allocation.view((int) size);
    }

    private ScriptError unknown(long address) {
        if (address == 0) {
            return new ScriptError(
                    "the address is 0, which is never allocated",
                    "script_state.Allocate(size) allocates bytes and returns their address");
        }
        for (var allocation : allocations.values()) {
            if (address > allocation.address() && address < allocation.address() + allocation.size()) {
                return new ScriptError(
                        "the address " + address + " is " + (address - allocation.address())
                                + " bytes after the start of an allocation",
                        "use the address " + allocation.address() + ", and an offset in the blob");
            }
        }
        return new ScriptError(
                "nothing is allocated at address " + address,
                address >= FIRST_ADDRESS && address < nextAddress
                        ? "it was freed; script_state.GetPointer() returns the current address"
                        : "pass what script_state.GetPointer() returned in this run");
    }

    /** A class, because the first lambda of a run takes time at the start. */
    private static final class Maker implements Supplier<Memory> {
        @Override
        public Memory get() {
            return new Memory();
        }
    }
}
