package dev.convoy.backend.cpu.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Flags of the HotSpot JVM. */
public final class HotSpot {

    private HotSpot() {}

    /** Whether a flag is on; false where it is not known, as on another JVM. */
    public static boolean isOn(String flag) {
        return Boolean.parseBoolean(value(flag));
    }

    /** The number that a flag has; 0 where it is not known, as on another JVM. */
    static int number(String flag) {
        String value = value(flag);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    private static String value(String flag) {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? "" : bean.getVMOption(flag).getValue();
        } catch (IllegalArgumentException | LinkageError e) {
            return "";
        }
    }
}
