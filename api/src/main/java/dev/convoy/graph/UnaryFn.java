package dev.convoy.graph;

import dev.convoy.tensor.DataType;

/** Functions of {@link ElementwiseOp.Unary}. Each is the function of that name in ONNX 1.20 and NumPy. */
public enum UnaryFn {
    @Since(1)
    ABS(Domain.NUMBER),
    @Since(1)
    NEG(Domain.NUMBER),
    /** -1, 0 or 1; NaN stays NaN. */
    @Since(1)
    SIGN(Domain.NUMBER),
    /** {@code max(x, 0)}; NaN stays NaN. */
    @Since(1)
    RELU(Domain.NUMBER),
    @Since(1)
    EXP(Domain.REAL),
    /** {@code exp(x) - 1}, accurate near 0. */
    @Since(1)
    EXPM1(Domain.REAL),
    @Since(1)
    LOG(Domain.REAL),
    /** {@code log(1 + x)}, accurate near 0. */
    @Since(1)
    LOG1P(Domain.REAL),
    @Since(1)
    SQRT(Domain.REAL),
    @Since(1)
    RECIPROCAL(Domain.REAL),
    /** {@code 1 / (1 + exp(-x))}, without overflow at either end. */
    @Since(1)
    SIGMOID(Domain.REAL),
    @Since(1)
    TANH(Domain.REAL),
    /** The Gauss error function. */
    @Since(1)
    ERF(Domain.REAL),
    @Since(1)
    SIN(Domain.REAL),
    @Since(1)
    COS(Domain.REAL),
    @Since(1)
    TAN(Domain.REAL),
    @Since(1)
    ASIN(Domain.REAL),
    @Since(1)
    ACOS(Domain.REAL),
    @Since(1)
    ATAN(Domain.REAL),
    @Since(1)
    SINH(Domain.REAL),
    @Since(1)
    COSH(Domain.REAL),
    @Since(1)
    ASINH(Domain.REAL),
    @Since(1)
    ACOSH(Domain.REAL),
    @Since(1)
    ATANH(Domain.REAL),
    @Since(1)
    FLOOR(Domain.REAL),
    @Since(1)
    CEIL(Domain.REAL),
    /** To the nearest integer, ties to even. */
    @Since(1)
    ROUND(Domain.REAL),
    /** Whether x is NaN, as bool. */
    @Since(1)
    IS_NAN(Domain.REAL),
    /** Whether x is infinite, as bool. */
    @Since(1)
    IS_INF(Domain.REAL),
    /** Logical negation of bool; complement of the bits of an integer. */
    @Since(1)
    NOT(Domain.BITS);

    /** The element types a function accepts. */
    enum Domain {
        REAL,
        NUMBER,
        BITS;

        boolean contains(DataType type) {
            return switch (this) {
                case REAL -> type.isReal();
                case NUMBER -> type.isReal() || type.isInteger();
                case BITS -> type == DataType.BOOL || type.isInteger();
            };
        }
    }

    private final Domain domain;

    UnaryFn(Domain domain) {
        this.domain = domain;
    }

    /** Whether the function is defined on a type. */
    public boolean accepts(DataType type) {
        return domain.contains(type);
    }

    /** The type of the result for an operand of a type. */
    public DataType result(DataType type) {
        return this == IS_NAN || this == IS_INF ? DataType.BOOL : type;
    }
}
