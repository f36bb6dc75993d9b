// A first network in JShell. In the repository's folder, after ./convoy --version has built everything:
//
//   jshell --class-path "$(echo target/dist/lib/*.jar target/dist/backends/cpu/*.jar | tr ' ' ':')" \
//       -R--add-modules=jdk.incubator.vector examples/jshell/first-network.jsh

import static dev.convoy.layers.Activations.*
import static dev.convoy.layers.Padding.SAME
import dev.convoy.layers.*
import dev.convoy.models.*
import dev.convoy.tensor.*

var model = Sequential.of(
        Input.of(28, 28, 1),
        Conv2D.of(16, 3).padding(SAME).activation(RELU),
        MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(10).activation(SOFTMAX))
System.out.println(model.summary())

// Its weights are random, so it cannot tell classes apart yet; the ten probabilities have the sum 1 all the same.
var white = Tensor.full(TensorSpec.float32(1, 28, 28, 1), 1)
try (var predictor = model.predictor()) {
    System.out.println(predictor.predict(white));
    System.out.println("best: " + predictor.classify(white).getFirst().best());
}
/exit
