package dev.domin.plugins.memory;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one run has allocated, found by address. The addresses are made up: they lie apart by more than the allocations are long,
 * and none is given out twice in a run. Guarded by the script lock.
 */
public final class Memory {

    private static final long FIRST_ADDRESS = 0x10000;
    private static final long PAGE = 0x1000;

    private final Map<Long, Allocation> allocations = new HashMap<>();
    private long nextAddress = FIRST_ADDRESS;

    private Memory() {}

    /**
     * Finds the memory of a run.
     *
     * @param context the run
     * @return its memory, the same for every plugin that asks
     */
    public static Memory of(ScriptContext context) {
        return context.shared(Memory.class, new Maker());
    }

    /**
     * Sets bytes aside, all 0.
     *
     * @param size how many
     * @return the bytes
     * @throws ScriptError if there is no room for as many
     */
    public Allocation allocate(long size) {
        var allocation = new Allocation(nextAddress, new Blob(size).array());
        allocations.put(allocation.address(), allocation);
        nextAddress += (size / PAGE + 2) * PAGE;
        return allocation;
    }

    /**
     * Gives bytes back. The blobs that show them become empty.
     *
     * @param allocation what was allocated here
     */
    public void free(Allocation allocation) {
        allocations.remove(allocation.address());
        allocation.expire();
    }

    /**
     * Shows the bytes at an address as a blob.
     *
     * @param address where an allocation begins
     * @param size how many of its bytes
     * @return a blob of the same bytes, not of a copy
     * @throws ScriptError if nothing is allocated there, or not as much
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
                    "the address is 0, where nothing ever is",
                    "script_state.Allocate(size) sets bytes aside and gives their address");
        }
        for (var allocation : allocations.values()) {
            if (address > allocation.address() && address < allocation.address() + allocation.size()) {
                return new ScriptError(
                        "the address " + address + " is " + (address - allocation.address())
                                + " bytes behind the one that was given out",
                        "take the bytes from " + allocation.address() + " on, and use an offset in the blob");
            }
        }
        return new ScriptError(
                "there is nothing at address " + address,
                address >= FIRST_ADDRESS && address < nextAddress
                        ? "it was freed; script_state.GetPointer() tells the address of what there is now"
                        : "pass what script_state.GetPointer() returned in this run");
    }

    /** A class, since a lambda would cost its start-up time. */
    private static final class Maker implements Supplier<Memory> {
        @Override
        public Memory get() {
            return new Memory();
        }
    }
}
