package dev.convoy.conformance.cases;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every case of every op. */
public final class OpCases {

    private OpCases() {}

    /** All cases, op by op. */
    public static List<OpCase> all() {
        Stream<Supplier<List<OpCase>>> tables = Stream.of(
                UnaryCases::all,
                BinaryCases::all,
                CompareCases::all,
                SelectCases::all,
                CastCases::all,
                ReduceCases::all,
                ArgReduceCases::all,
                CumulativeCases::all,
                TopKCases::all,
                MatMulCases::all,
                ConvolutionCases::all,
                ConvInputGradCases::all,
                ConvFilterGradCases::all,
                MaxPoolCases::all,
                MaxPoolGradCases::all,
                AvgPoolCases::all,
                AvgPoolGradCases::all,
                MovementCases::all,
                PadCases::all,
                IndexingCases::all,
                ScanCases::all,
                SoftmaxCases::all);
        return tables.flatMap(table -> table.get().stream()).toList();
    }
}
