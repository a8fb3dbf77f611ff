package dev.domin.plugins.table;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A list in an array, with free space at both ends: removing an element moves those before it or those after it,
 * whichever are fewer. So removing all elements from either end, one by one, takes time proportional to their number.
 */
public final class ShiftingList extends AbstractList<Object> implements RandomAccess {

    private static final int FEWEST = 10;

    private Object[] elements = new Object[FEWEST];
    private int start;
    private int size;

    /** Creates an empty list. */
    public ShiftingList() {}

    @Override
    public int size() {
        return size;
    }

    @Override
    public Object get(int index) {
        return elements[place(index)];
    }

    @Override
    public Object set(int index, Object element) {
        int place = place(index);
        Object old = elements[place];
        elements[place] = element;
        return old;
    }

    @Override
    public boolean add(Object element) {
        if (start + size == elements.length) {
            makeRoom();
        }
        elements[start + size] = element;
        size++;
        modCount++;
        return true;
    }

    /** Moves the elements to the start if the free space there is larger than they are, otherwise grows. */
    private void makeRoom() {
        if (start <= size) {
            elements = Arrays.copyOfRange(elements, start, start + size + size / 2 + FEWEST);
        } else {
            System.arraycopy(elements, start, elements, 0, size);
            Arrays.fill(elements, size, start + size, null);
        }
        start = 0;
    }

    @Override
    public Object remove(int index) {
        int place = place(index);
        Object removed = elements[place];
        if (index < size / 2) {
            System.arraycopy(elements, start, elements, start + 1, index);
            elements[start] = null;
            start++;
        } else {
            System.arraycopy(elements, place + 1, elements, place, size - 1 - index);
            elements[start + size - 1] = null;
        }
        size--;
        modCount++;
        return removed;
    }

    private int place(int index) {
        return start + Objects.checkIndex(index, size);
    }
}
