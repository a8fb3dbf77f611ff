package dev.domin.runtime;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for the script lock, and which of them is next. Guarded by the mutex of the {@link ScriptLock},
 * which explains the order.
 */
final class Waiters {

    private final TaskList urgent = new TaskList();
    private final TaskList patient = new TaskList();
    private boolean patientGranted; // whether a patient task got the lock last
    private long patientReleasedNanos = System.nanoTime(); // when the lock was last free again after such a grant

    boolean isEmpty() {
        return urgent.isEmpty() && patient.isEmpty();
    }

    boolean hasUrgent() {
        return !urgent.isEmpty();
    }

    boolean hasPatient() {
        return !patient.isEmpty();
    }

    int size() {
        return urgent.size() + patient.size();
    }

    void add(Task task, long now) {
        task.granted = false;
        task.waitingSinceNanos = now;
        (task.isPatient(now) ? patient : urgent).add(task);
    }

    void remove(Task task) {
        if (!urgent.remove(task)) {
            patient.remove(task);
        }
    }

    /** Moves a task whose deadline has passed to the patient ones; {@return whether it was urgent before} */
    boolean moveToPatient(Task task) {
        if (!urgent.remove(task)) {
            return false;
        }
        patient.add(task);
        return true;
    }

    /** {@return whether it is the first of its queue, which measures the time for all} */
    boolean isFirst(Task task) {
        return task == urgent.first() || task == patient.first();
    }

    /** Records that the lock is free. */
    void released(long now) {
        if (patientGranted) {
            patientGranted = false;
            patientReleasedNanos = now;
        }
    }

    /** {@return whether the patient tasks have waited for so long that the first of them is next} */
    boolean isPatientStarved(long now) {
        var first = patient.first();
        return first != null
                && now - first.waitingSinceNanos >= ScriptLock.TURN_NANOS
                && now - patientReleasedNanos >= ScriptLock.TURN_NANOS;
    }

    /** {@return the task that gets the lock next; null if none waits} */
    @Nullable
    Task next(boolean patientStarved) {
        return urgent.isEmpty() || patientStarved ? patient.first() : urgent.first();
    }

    /** Removes a task that gets the lock now, and wakes it. */
    void grant(Task task, long now, boolean guaranteed) {
        remove(task);
        task.turnStartNanos = now;
        task.guaranteedUntilNanos = guaranteed ? now + ScriptLock.GUARANTEED_NANOS : now;
        task.granted = true;
        patientGranted = task.isPatient(now);
        LockSupport.unpark(task.thread);
    }

    /** Wakes the first of each queue. */
    void wakeFirst() {
        wake(urgent.first());
        wake(patient.first());
    }

    void wakeAll() {
        wakeAll(urgent);
        wakeAll(patient);
    }

    private static void wakeAll(TaskList tasks) {
        for (var task = tasks.first(); task != null; task = tasks.after(task)) {
            wake(task);
        }
    }

    private static void wake(@Nullable Task task) {
        if (task != null) {
            LockSupport.unpark(task.thread);
        }
    }
}
