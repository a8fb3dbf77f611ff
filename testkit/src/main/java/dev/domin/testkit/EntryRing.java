package dev.domin.testkit;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a journal, oldest first. Each has a position, from 0 on, that stays the same while older ones are
 * removed, and that no later one gets. Not safe for use by several threads.
 */
final class EntryRing extends AbstractList<Entry> implements RandomAccess {

    private @Nullable Entry[] slots = new Entry[16]; // the length is a power of two; the entry at p is in slot p mod it
    private long first;
    private long next;

    /** {@return the position of the oldest entry, or of the next one if there is none} */
    long first() {
        return first;
    }

    /** {@return the position that the next entry gets} */
    long next() {
        return next;
    }

    @Override
    public int size() {
        return (int) (next - first);
    }

    @Override
    public Entry get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        return at(first + index);
    }

    /** {@return the entry at a position that is there} */
    Entry at(long position) {
        Entry found = slots[slot(position)];
        if (found == null) {
            throw new IllegalArgumentException("no packet at " + position + ": there are " + first + " to " + next);
        }
        return found;
    }

    @Override
    public boolean add(Entry entry) {
        if (size() == slots.length) {
            grow();
        }
        entry.progress.position = next;
        slots[slot(next)] = entry;
        next++;
        return true;
    }

    /** Removes the oldest entry and returns it. */
    Entry removeOldest() {
        Entry oldest = at(first);
        slots[slot(first)] = null;
        first++;
        return oldest;
    }

    /** Removes all; the next one gets the next position nevertheless. */
    @Override
    public void clear() {
        slots = new Entry[16];
        first = next;
    }

    private int slot(long position) {
        return (int) (position & slots.length - 1);
    }

    private void grow() {
        @Nullable Entry[] old = slots;
        slots = new Entry[2 * old.length];
        for (long position = first; position < next; position++) {
            slots[slot(position)] = old[(int) (position & old.length - 1)];
        }
    }
}
