package dev.convoy.conformance.pass;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;

/** The topologies of known networks at full depth, with few channels and small images. */
enum Networks {
    /** He et al., 2015: 3-4-6-3 bottleneck blocks, projections where the size changes. */
    RESNET_50 {
        @Override
        Graph write(Layout layout) {
            NetworkWriter net = new NetworkWriter(layout, 50);
            Value x = net.relu(net.norm(net.bias(net.conv(net.images(1, 32, 3), 4, 7, 2, 1))));
            x = net.maxPool(x, 3, 2);
            int[] blocks = {3, 4, 6, 3};
            for (int stage = 0; stage < blocks.length; stage++) {
                for (int block = 0; block < blocks[stage]; block++) {
                    int stride = block == 0 && stage > 0 ? 2 : 1;
                    x = bottleneck(net, x, 2 << stage, stride, block == 0);
                }
            }
            return net.classify(net.dense(net.globalPool(x), 5));
        }

        private Value bottleneck(NetworkWriter net, Value x, int width, int stride, boolean project) {
            Value shortcut = project ? net.norm(net.bias(net.conv(x, 4 * width, 1, stride, 1))) : x;
            Value y = net.relu(net.norm(net.bias(net.conv(x, width, 1, stride, 1))));
            y = net.relu(net.norm(net.bias(net.conv(y, width, 3, 1, 1))));
            y = net.norm(net.bias(net.conv(y, 4 * width, 1, 1, 1)));
            return net.relu(net.g.add(shortcut, y));
        }
    },
    /** Sandler et al., 2018: inverted residuals with depthwise convolutions and ReLU6. */
    MOBILENET_V2 {
        @Override
        Graph write(Layout layout) {
            NetworkWriter net = new NetworkWriter(layout, 2);
            Value x = net.relu6(net.norm(net.conv(net.images(1, 32, 3), 4, 3, 2, 1)));
            int[][] stages = {{1, 2, 1, 1}, {6, 3, 2, 2}, {6, 4, 3, 2}, {6, 6, 4, 2}, {6, 8, 3, 1}, {6, 10, 3, 2}};
            for (int[] stage : stages) {
                for (int block = 0; block < stage[2]; block++) {
                    x = inverted(net, x, stage[0], stage[1], block == 0 ? stage[3] : 1);
                }
            }
            x = net.relu6(net.norm(net.conv(x, 16, 1, 1, 1)));
            return net.classify(net.dense(net.globalPool(x), 5));
        }

        private Value inverted(NetworkWriter net, Value x, int expansion, int filters, int stride) {
            int width = net.channels(x) * expansion;
            Value y = expansion == 1 ? x : net.relu6(net.norm(net.conv(x, width, 1, 1, 1)));
            y = net.relu6(net.norm(net.conv(y, width, 3, stride, width)));
            y = net.norm(net.conv(y, filters, 1, 1, 1));
            return y.shape().equals(x.shape()) ? net.g.add(x, y) : y;
        }
    },
    /** Iandola et al., 2016, version 1.1: fire modules joined by Concat, a convolution as classifier. */
    SQUEEZENET {
        @Override
        Graph write(Layout layout) {
            NetworkWriter net = new NetworkWriter(layout, 11);
            Value x = net.maxPool(net.relu(net.bias(net.conv(net.images(1, 33, 3), 6, 3, 2, 1))), 3, 2);
            for (int module = 0; module < 8; module++) {
                Value squeezed = net.relu(net.bias(net.conv(x, 2 + module / 2, 1, 1, 1)));
                x = net.concat(
                        net.relu(net.bias(net.conv(squeezed, 4, 1, 1, 1))),
                        net.relu(net.bias(net.conv(squeezed, 4, 3, 1, 1))));
                x = module == 1 || module == 3 ? net.maxPool(x, 3, 2) : x;
            }
            x = net.relu(net.bias(net.conv(x, 5, 1, 1, 1)));
            return net.classify(net.globalPool(x));
        }
    },
    /** Simonyan and Zisserman, 2014: no norm, Flatten and three Dense layers at the end. */
    VGG {
        @Override
        Graph write(Layout layout) {
            NetworkWriter net = new NetworkWriter(layout, 16);
            Value x = net.images(2, 16, 3);
            for (int filters = 4; filters <= 8; filters += 2) {
                x = net.relu(net.bias(net.conv(x, filters, 3, 1, 1)));
                x = net.maxPool(net.relu(net.bias(net.conv(x, filters, 3, 1, 1))), 2, 2);
            }
            x = net.relu(net.dense(net.flatten(x), 12));
            return net.classify(net.dense(net.relu(net.dense(x, 9)), 5));
        }
    },
    /** Huang et al., 2016: pre-activation, everything concatenated with everything before. */
    DENSENET {
        @Override
        Graph write(Layout layout) {
            NetworkWriter net = new NetworkWriter(layout, 121);
            Value x = net.conv(net.images(1, 16, 3), 4, 3, 1, 1);
            for (int block = 0; block < 2; block++) {
                for (int i = 0; i < 3; i++) {
                    Value y = net.conv(net.relu(net.norm(x)), 4, 1, 1, 1);
                    x = net.concat(x, net.conv(net.relu(net.norm(y)), 2, 3, 1, 1));
                }
                x = net.avgPool(net.conv(net.relu(net.norm(x)), 4, 1, 1, 1), 2);
            }
            return net.classify(net.dense(net.globalPool(net.relu(net.norm(x))), 5));
        }
    };

    abstract Graph write(Layout layout);
}
