package dev.domin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Tasks in a row. A task is in one list at a time; it is its own link, so that adding one never needs memory. Not safe
 * for use by several threads.
 */
final class TaskList {

    /** What a task needs to be in a list. */
    abstract static class Link {
        private @Nullable TaskList list;
        private @Nullable Task previous;
        private @Nullable Task next;
    }

    private @Nullable Task first;
    private @Nullable Task last;
    private int size;

    /** {@return how many tasks there are} */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return first == null;
    }

    boolean contains(Task task) {
        return link(task).list == this;
    }

    /** {@return the first task, or null} */
    @Nullable
    Task first() {
        return first;
    }

    /** {@return the task behind one that is in this list, or null} */
    @Nullable
    Task after(Task task) {
        return link(task).next;
    }

    /** Adds a task that is in no list at the end. */
    void add(Task task) {
        var link = link(task);
        link.list = this;
        link.previous = last;
        if (last == null) {
            first = task;
        } else {
            link(last).next = task;
        }
        last = task;
        size++;
    }

    /** {@return whether the task was in this list, which it is no longer} */
    boolean remove(Task task) {
        var link = link(task);
        if (!contains(task)) {
            return false;
        }
        if (link.previous == null) {
            first = link.next;
        } else {
            link(link.previous).next = link.next;
        }
        if (link.next == null) {
            last = link.previous;
        } else {
            link(link.next).previous = link.previous;
        }
        size--;
        link.list = null;
        link.previous = null;
        link.next = null;
        return true;
    }

    private static Link link(Task task) {
        return task; // as a task the link's fields would be out of reach
    }
}
