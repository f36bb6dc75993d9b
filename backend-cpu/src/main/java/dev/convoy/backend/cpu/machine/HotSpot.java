package dev.convoy.backend.cpu.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Flags of the HotSpot JVM. */
public final class HotSpot {

    private HotSpot() {}

    /** Whether a flag is on; false where it is not known, as on another JVM. */
    public static boolean isOn(String flag) {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean != null && Boolean.parseBoolean(bean.getVMOption(flag).getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            return false;
        }
    }
}
