package dev.convoy.graph;

import static dev.convoy.graph.Rules.f;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphPrinterTest {

    @Test
    void aLinePerNode() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", f(2, 3));
        Value w = g.parameter("dense/w", f(3, 2));
        Value y = g.in("dense", () -> g.matMul(x, w));
        Value step = g.mul(w, g.constant(Tensor.scalar(0.5f)));
        g.output("y", y);
        g.update("dense/w", step);
        assertEquals("""
            input %x float32[2, 3]
            parameter %dense/w float32[3, 2]
            %2 float32[2, 2] = MatMul[transposeA=false, transposeB=false](%x, %dense/w)  # dense
            %3 float32[] = Constant[float32[] {0.5}]()
            %4 float32[3, 2] = Binary[fn=MUL](%dense/w, %3)
            output y = %2
            update dense/w = %4
            """, GraphPrinter.print(g.build()));
    }

    @Test
    void bodiesAreIndented() {
        GraphBuilder body = new GraphBuilder();
        body.output("next", body.unary(UnaryFn.RELU, body.input("x", f(2))));
        GraphBuilder g = new GraphBuilder();
        Value y = g.add(new ControlOp.Scan(body.build(), 1, 0, 3, true), List.of(g.input("x", f(2))))
                .getFirst();
        assertEquals("""
            %1 float32[2] = Scan[carried=1, scanned=0, length=3, reverse=true]{
              input %x float32[2]
              %1 float32[2] = Unary[fn=RELU](%x)
              output next = %1
            }(%x)\
            """, y.producer().orElseThrow().toString());
    }
}
