package dev.domin.udp.linux;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The held answers of a socket, which are sent with one system call. Guarded by the monitor of its {@link
 * LinuxBatchSocket}.
 */
final class AnswerQueue {

    private final SegmentationOffload offload;
    private final int[] datagrams = new int[BatchMemory.SLOTS]; // in each message
    private int first;
    private int end;
    private int bytes;
    private long[] numbers = {}; // of the packets that are answered, where packets are numbered
    private int numbered;
    private int done; // how many answers have been sent or refused

    /**
     * An answer that the system refused.
     *
     * @param number as in {@link SendReport#refused}, as the others
     * @param to its receiver
     * @param problem the reason
     */
    record Refusal(long number, InetSocketAddress to, IOException problem) {

        void reportTo(SendReport report) {
            report.refused(number, to, problem);
        }
    }

    AnswerQueue(SegmentationOffload offload) {
        this.offload = offload;
    }

    boolean isEmpty() {
        return end == 0;
    }

    boolean hasRoom(int length) {
        return end < BatchMemory.SLOTS && bytes + length <= BatchMemory.ANSWER_BYTES;
    }

    /** Adds an answer; there must be room for it. */
    void add(BatchMemory memory, byte[] source, int offset, int length, PacketBuffer to) {
        int host = to.senderHost();
        int port = to.senderPort();
        if (offload.accepts(length, host, port)) {
            int segment = offload.segment();
            offload.join(length);
            memory.joinAnswer(end - 1, bytes, source, offset, length, segment, offload.total());
            datagrams[end - 1]++;
        } else {
            memory.putAnswer(end, bytes, source, offset, length, host, port);
            datagrams[end] = 1;
            end++;
            offload.begin(length, host, port);
        }
        bytes += length;
        if (to.number() != 0) {
            remember(to.number());
        }
    }

    /** Removes all answers. */
    void clear() {
        first = 0;
        end = 0;
        bytes = 0;
        numbered = 0;
        done = 0;
        offload.reset();
    }

    /**
     * Sends the answers, and continues behind one that the system refuses.
     *
     * @param mayWait whether to wait for room; otherwise the rest stays here
     * @return the refusals, or null
     */
    @Nullable
    List<Refusal> send(BatchMemory memory, int descriptor, boolean mayWait, SendReport report) {
        List<Refusal> refused = null;
        int attempt = 1;
        while (first < end) {
            // The first attempt does not wait, to distinguish an answer that has to wait from one that cannot be sent.
            int flags = mayWait && attempt > 1 ? 0 : Constants.MSG_DONTWAIT;
            int sent = memory.send(descriptor, first, end - first, flags);
            if (sent > 0) {
                report.sent(advance(sent));
                attempt = 1;
                continue;
            }
            int error = memory.outError();
            if (error == Constants.EAGAIN && !mayWait) {
                return refused;
            }
            if (isTransient(error, attempt)) {
                attempt++;
                continue;
            }
            if (datagrams[first] > 1) {
                refused = sendOneByOne(memory, descriptor, first, report, refused);
            } else {
                if (error != Constants.ECONNREFUSED) {
                    refused = add(refusal(memory, first, error), refused);
                }
                done++;
            }
            first++;
            attempt = 1;
        }
        clear();
        return refused;
    }

    /**
     * Sends the packet in {@link BatchMemory#EXTRA}.
     *
     * @return the error number, or 0 if it was sent
     */
    static int sendExtra(BatchMemory memory, int descriptor) {
        for (int attempt = 1; memory.send(descriptor, BatchMemory.EXTRA, 1, 0) < 0; attempt++) {
            int error = memory.outError();
            if (!isTransient(error, attempt)) {
                return error;
            }
        }
        return 0;
    }

    static IOException refusal(int error) {
        return new IOException("a packet could not be sent: error number " + error);
    }

    private void remember(long number) {
        if (numbered == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(BatchMemory.SLOTS, 2 * numbered));
        }
        numbers[numbered++] = number;
    }

    /** {@return the refusal of the first answer that is not done, which is in a slot} */
    private Refusal refusal(BatchMemory memory, int slot, int error) {
        return new Refusal(done < numbered ? numbers[done] : 0, memory.receiver(slot), refusal(error));
    }

    /** Moves on behind messages that were sent. {@return how many datagrams are in them} */
    private int advance(int messages) {
        int count = 0;
        for (int i = 0; i < messages; i++) {
            count += datagrams[first++];
        }
        done += count;
        return count;
    }

    private @Nullable List<Refusal> sendOneByOne(
            BatchMemory memory, int descriptor, int slot, SendReport report, @Nullable List<Refusal> refusedSoFar) {
        List<Refusal> refused = refusedSoFar;
        for (int i = 0; i < datagrams[slot]; i++) {
            memory.pickAnswer(slot, i);
            int error = sendExtra(memory, descriptor);
            if (error == 0) {
                report.sent(1);
                offload.disable(); // so the system refused the joined message only
            } else if (error != Constants.ECONNREFUSED) {
                refused = add(refusal(memory, slot, error), refused);
            }
            done++;
        }
        return refused;
    }

    private static List<Refusal> add(Refusal refusal, @Nullable List<Refusal> refused) {
        List<Refusal> all = refused == null ? new ArrayList<>() : refused;
        all.add(refusal);
        return all;
    }

    /** {@return whether to try again, since the error belongs to an earlier packet or may not occur again} */
    private static boolean isTransient(int error, int attempt) {
        return error == Constants.EINTR
                || attempt == 1 && (error == Constants.EAGAIN || error == Constants.ECONNREFUSED);
    }
}
