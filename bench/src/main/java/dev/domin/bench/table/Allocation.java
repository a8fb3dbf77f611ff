package dev.domin.bench.table;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Counts exactly what the threads of another JVM allocate, except those that serve this program's requests. */
final class Allocation implements AutoCloseable {

    private final VirtualMachine machine;
    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private Allocation(VirtualMachine machine, JMXConnector connector, ThreadMXBean threads) {
        this.machine = machine;
        this.connector = connector;
        this.threads = threads;
    }

    static Allocation of(long pid) {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            var threads = ManagementFactory.newPlatformMXBeanProxy(
                    connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            return new Allocation(machine, connector, threads);
        } catch (Exception e) {
            throw new BenchException("cannot read the allocation of the JVM of process " + pid + ": " + e);
        }
    }

    /** {@return the bytes that each live thread has allocated so far, by thread id} */
    Map<Long, Long> byThread() {
        var bytes = new HashMap<Long, Long>();
        var ids = threads.getAllThreadIds();
        var infos = threads.getThreadInfo(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && !isForManagement(infos[i].getThreadName())) {
                bytes.put(ids[i], Math.max(0, threads.getThreadAllocatedBytes(new long[] {ids[i]})[0]));
            }
        }
        return bytes;
    }

    /** {@return the bytes allocated since then, without threads that have ended meanwhile} */
    long bytesSince(Map<Long, Long> before) {
        long sum = 0;
        for (var thread : byThread().entrySet()) {
            // The number may be smaller than before if the thread has ended.
            sum += Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L));
        }
        return sum;
    }

    private static boolean isForManagement(String name) {
        return name.startsWith("RMI ") || name.startsWith("JMX ") || name.startsWith("Attach ");
    }

    @Override
    public void close() {
        try {
            connector.close();
            machine.detach();
        } catch (IOException e) {
            throw new BenchException("cannot detach from a JVM: " + e);
        }
    }
}
