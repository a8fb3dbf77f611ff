package dev.domin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A linked list of tasks. A task is in at most one list at a time and is its own link, so that adding it allocates no
 * memory. Not thread-safe.
 */
final class TaskList {

    /** A task's place among the waiting ones. Guarded by the mutex of the {@link ScriptLock}. */
    abstract static class Link {

        /** Since when the task has waited, in terms of {@link System#nanoTime}. */
        long waitingSinceNanos;

        /** Whether the lock was passed to the task since it began to wait. */
        boolean granted;

        private @Nullable TaskList list;
        private @Nullable Task previous;
        private @Nullable Task next;
    }

    private @Nullable Task first;
    private @Nullable Task last;
    private int size;

    /** {@return the number of tasks} */
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

    /** {@return the task after one that is in this list, or null} */
    @Nullable
    Task after(Task task) {
        return link(task).next;
    }

    /** Adds a task, which must not be in a list, at the end. */
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

    /** Removes a task if it is in this list; {@return whether it was} */
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
        return task; // the private fields are accessible only through the type Link
    }
}
