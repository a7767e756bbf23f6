package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class TinyJobTest {
    @Test
    void body_everyNumber_isAnotherPlan() {
        var plans = new HashSet<String>();
        for (int number = 0; number < 20_000; number++) {
            plans.add(((Json.Obj) TinyJob.body("r", number, new MicroRho(20))).canonical());
        }
        assertEquals(20_000, plans.size());
    }
}
