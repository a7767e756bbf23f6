package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MemoryProbeTest {
    @Test
    void heap_severalPools_areAdded() {
        assertEquals(300_000_000, MemoryProbe.heap("""
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.0E8
            jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2.0E8
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7
            """));
    }

    @Test
    void heap_noneTold_isZero() {
        assertEquals(0, MemoryProbe.heap(""));
    }
}
