package dev.domin.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a {@link dev.domin.testkit.UdpServer} for a test, and closes it afterwards.
 *
 * <pre>{@code
 * class ClientTest {
 *     @StartUdp final UdpServer server = UdpServer.create();
 *
 *     @Test void shouldAsk() {
 *         server.when(text("ping")).reply("pong");
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>On an instance field each test has a server of its own. On a static field, and on an instance field of a class
 * with one instance for all tests, the tests share a server: before each test it has no packets in its journal, and
 * after it the stubs, queue and faults that the test has added are gone. Tests that share a server do not run at the
 * same time. Several classes may inherit a static field: the server is closed when no class uses it any more, and
 * starts again for the next one. On a parameter of a constructor, of a test or of a lifecycle method the server is
 * {@code UdpServer.create()}, started; it is closed after the test, or after all tests of the class for a parameter of
 * {@code @BeforeAll} or of a constructor of a class with one instance.
 *
 * <p>A test fails if a function or the script of its server has failed, if a stub has no answer, if the server is
 * strict and got a packet that nothing took, or if the test has started a server itself and not closed it. A test that
 * fails has the journals of its servers in a suppressed exception, unless its message has them, and as files in the
 * report. What a test has sent is there before its servers are checked: the end of a test waits up to two seconds for
 * packets that are not handled yet.
 *
 * <p>A server counts as started by the test if the thread of the test has started it, not another one, such as that of
 * {@code assertTimeoutPreemptively}. The tests of a {@code @TestFactory} share its servers: a dynamic test that fails
 * shows the journals, and everything else fails the factory when it ends.
 *
 * <p>Works with JUnit 6, and with 5.14.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SuppressWarnings("exports") // the extension is found by the annotation alone
@ExtendWith(StartUdpExtension.class)
public @interface StartUdp {}
