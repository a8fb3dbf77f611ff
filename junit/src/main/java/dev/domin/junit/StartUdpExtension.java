package dev.domin.junit;

import dev.domin.testkit.UdpServer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Starts and closes the servers of {@link StartUdp}. JUnit closes what is in its stores. */
final class StartUdpExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                InvocationInterceptor,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(StartUdpExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        SharedServers shared = shared(context);
        ServerFields.ofClass(context.getRequiredTestClass())
                .forEach(field -> shared.start(field.server(null), field.name()));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestServers servers = ofTest(context);
        SharedServers shared = shared(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            boolean once = isShared(context, instance);
            ServerFields.ofInstance(instance.getClass()).forEach(field -> {
                UdpServer server = field.server(instance);
                if (once) {
                    shared.start(server, field.name());
                } else {
                    servers.start(server, field.name());
                }
            });
        }
        servers.begin(shared.all());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ofTest(context).end(context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        ofTest(context).note(problem);
        throw problem;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        ofTest(context).note(problem);
        throw problem;
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        ofTest(context).note(problem);
        throw problem;
    }

    /** Shows the journals in the failure of a dynamic test; its factory is the test that the servers belong to. */
    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable e) {
            ExtensionContext factory = context;
            while (factory.getTestMethod().isEmpty()) {
                factory = factory.getParent().orElseThrow();
            }
            ofTest(factory).explainDynamic(e);
            throw e;
        }
    }

    /** {@return that a parameter of a constructor belongs to the test that the instance is for} */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(StartUdp.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() != UdpServer.class) {
            throw new ParameterResolutionException("@StartUdp is for parameters of type UdpServer, not "
                    + parameter.getParameter().getType().getName());
        }
        UdpServer server = UdpServer.create();
        if (context.getTestMethod().isPresent()) {
            ofTest(context).start(server, null);
        } else {
            shared(context).start(server, null);
        }
        return server;
    }

    @SuppressWarnings({"deprecation", "NullAway"}) // never null; what replaces it is not in 5.14
    private static <T> T get(ExtensionContext context, String key, Class<T> type, Supplier<T> create) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(key, any -> create.get(), type);
    }

    /** {@return the servers of the test's class and of the classes around it, created if there are none} */
    private static SharedServers shared(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        SharedServers outer = ofClass.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .map(StartUdpExtension::shared)
                .orElse(null);
        return get(ofClass, "shared " + ofClass.getUniqueId(), SharedServers.class, () -> new SharedServers(outer));
    }

    private static TestServers ofTest(ExtensionContext context) {
        return get(context, "test " + context.getUniqueId(), TestServers.class, TestServers::new);
    }

    /** {@return whether an instance is used for several tests} */
    @SuppressWarnings("ReferenceEquality") // a test class may have an equals of its own
    private static boolean isShared(ExtensionContext context, Object instance) {
        ExtensionContext each = context;
        while (true) {
            if (each.getTestMethod().isEmpty()
                    && each.getTestClass().isPresent()
                    && each.getTestInstance().filter(own -> own == instance).isPresent()) {
                return true;
            }
            if (each.getParent().isEmpty()) {
                return false;
            }
            each = each.getParent().get();
        }
    }
}
