package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.ring.KernelChoice;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class KernelHealthTest {
    @Test
    void call_saysWhichKernelAndWhy() {
        var response = new KernelHealth().call();
        assertEquals(HealthCheckResponse.Status.UP, response.getStatus());
        var data = response.getData().orElseThrow();
        assertTrue(Set.of("fma", "scalar").contains(data.get("kernel")));
        assertEquals(KernelChoice.current().reason(), data.get("reason"));
    }

    /** Two places name one key: core reads it, the server documents it. */
    @Test
    void setting_isTheOneCoreReads() {
        assertEquals(KernelChoice.PROPERTY, Setting.HE_KERNEL.property());
        assertEquals(KernelChoice.VARIABLE, Setting.HE_KERNEL.variable());
    }
}
