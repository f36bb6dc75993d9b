package dev.convoy.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "lambdas share classes: {0}")
@ValueSource(booleans = {true, false})
class LinkAheadTest {

    private static final String SAMPLE = LinkAheadSample.class.getName();

    @Parameter
    boolean share;

    private final Map<String, byte[]> original = new HashMap<>();
    private Map<ClassDesc, byte[]> rewritten = Map.of();
    private Class<?> sample = Object.class;

    @BeforeEach
    void rewriteTheSample() throws IOException, ClassNotFoundException {
        List<Class<?>> nest = List.of(LinkAheadSample.class.getNestMembers());
        for (Class<?> member : nest) {
            try (InputStream in = LinkAheadTest.class.getResourceAsStream(
                    "/" + member.getName().replace('.', '/') + ".class")) {
                original.put(member.getName(), in.readAllBytes());
            }
        }
        rewritten = new LinkAhead(share).rewrite(new ArrayList<>(original.values()));
        Map<String, byte[]> classes = new HashMap<>(original);
        rewritten.forEach((name, bytes) -> classes.put(name(name), bytes));
        sample = new Loader(classes).loadClass(SAMPLE);
    }

    @Test
    void everyKindOfLambdaSwitchAndRecordDoesWhatItDidBefore() throws ReflectiveOperationException {
        assertNotSame(LinkAheadSample.class, sample);
        assertEquals(LinkAheadSample.EXPECTED, sample.getMethod("results").invoke(null));
        assertEquals(LinkAheadSample.EXPECTED, LinkAheadSample.results());
    }

    @Test
    void nothingThatIsKnownIsLeftToTheJvm() {
        Map<String, Integer> before = dynamic(original.values());
        assertTrue(before.get("metafactory") > 10 && before.get("typeSwitch") > 1, before.toString());
        Map<String, byte[]> after = new HashMap<>(original);
        rewritten.forEach((name, bytes) -> after.put(name(name), bytes));
        Map<String, Integer> left = dynamic(after.values());
        assertEquals(before.get("bootstrap") / 3, left.remove("bootstrap"), "toString alone");
        assertEquals(
                Map.of("altMetafactory", 2, "typeSwitch", 1), left, "serializable (twice), the switch over strings");
    }

    @Test
    void aLambdaThatCapturesNothingStaysOneObject() throws ReflectiveOperationException {
        assertSame(
                sample.getMethod("constant").invoke(null),
                sample.getMethod("constant").invoke(null));
    }

    @Test
    void lambdasOfOneClassAndInterfaceShareAClassIfAskedTo() {
        List<String> interfaces = new ArrayList<>();
        rewritten.forEach((name, bytes) -> {
            if (name(name).startsWith(SAMPLE + "$$Lambda")) {
                interfaces.add(
                        ClassFile.of().parse(bytes).interfaces().getFirst().asInternalName());
            }
        });
        assertTrue(interfaces.contains("java/util/function/Supplier"), interfaces.toString());
        assertEquals(share, interfaces.size() == Set.copyOf(interfaces).size(), interfaces.toString());
    }

    @Test
    void whatWasRewrittenIsLeftAsItIs() {
        Map<String, byte[]> all = new HashMap<>(original);
        rewritten.forEach((name, bytes) -> all.put(name(name), bytes));
        assertEquals(Map.of(), new LinkAhead(share).rewrite(List.copyOf(all.values())));
    }

    @Test
    void anExceptionsTraceNamesTheFileAndTheLineOfTheLambda() throws Exception {
        Callable<?> failing = (Callable<?>) sample.getMethod("failing").invoke(null);
        StackTraceElement[] trace = new StackTraceElement[0];
        try {
            failing.call();
        } catch (IllegalStateException e) {
            trace = e.getStackTrace();
        }
        StackTraceElement[] expected = new StackTraceElement[0];
        try {
            LinkAheadSample.failing().call();
        } catch (IllegalStateException e) {
            expected = e.getStackTrace();
        }
        assertEquals(expected[0].getLineNumber(), trace[0].getLineNumber());
        assertEquals("LinkAheadSample.java", trace[1].getFileName());
    }

    private static Map<String, Integer> dynamic(Iterable<byte[]> classes) {
        Map<String, Integer> counts = new HashMap<>();
        for (byte[] bytes : classes) {
            ClassModel model = ClassFile.of().parse(bytes);
            model.methods()
                    .forEach(method -> method.code()
                            .ifPresent(code -> code.forEach(element -> {
                                if (element instanceof InvokeDynamicInstruction dynamic) {
                                    counts.merge(dynamic.bootstrapMethod().methodName(), 1, Integer::sum);
                                }
                            })));
        }
        return counts;
    }

    private static String name(ClassDesc type) {
        return type.packageName() + "." + type.displayName();
    }

    /** Takes the classes it has before its parent's. */
    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(LinkAheadTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
        }
    }
}
