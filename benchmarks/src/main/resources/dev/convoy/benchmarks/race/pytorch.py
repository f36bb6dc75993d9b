"""One side of a race: does a task as often as standard input asks for. Arguments: threads, task, layout, batch.

Prints "ready VERSION"; for each line "SECONDS" on standard input, repeats the task for about so long, at least once, and
prints the nanoseconds of each run on one line.
"""

import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

THREADS, TASK, LAYOUT, BATCH = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
torch.set_num_threads(THREADS)
torch.manual_seed(0)


def fashion():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(inplace=True), nn.Linear(128, 10))


def lenet5():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(inplace=True),
        nn.Linear(120, 84), nn.ReLU(inplace=True), nn.Linear(84, 10))


def cifar():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(4096, 128), nn.ReLU(inplace=True), nn.Linear(128, 10))


class Block(nn.Module):
    def __init__(self, before, filters, stride):
        super().__init__()
        self.path = nn.Sequential(
            nn.Conv2d(before, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(inplace=True),
            nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters))
        same = stride == 1 and before == filters
        self.shortcut = nn.Identity() if same else nn.Sequential(
            nn.Conv2d(before, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        return F.relu(self.path(x) + self.shortcut(x), inplace=True)


def resnet18():
    layers, before = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)], 64
    for stage, filters in enumerate([64, 128, 256, 512]):
        for block in range(2):
            layers.append(Block(before, filters, 2 if stage > 0 and block == 0 else 1))
            before = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


NETWORKS = {
    "fashion": (fashion, (1, 28, 28)),
    "lenet5": (lenet5, (1, 32, 32)),
    "cifar": (cifar, (3, 32, 32)),
    "resnet18": (resnet18, (3, 32, 32)),
}


def training(name):
    make, shape = NETWORKS[name]
    memory = torch.channels_last if LAYOUT == "channels_last" else torch.contiguous_format
    network = make().train().to(memory_format=memory)
    optimizer = torch.optim.Adam(network.parameters())
    pictures = torch.randn(BATCH, *shape).to(memory_format=memory)
    classes = torch.randint(0, 10, (BATCH,))

    def step():
        optimizer.zero_grad()
        F.cross_entropy(network(pictures), classes).backward()
        optimizer.step()

    return step


def product():
    a, b, c = torch.randn(1024, 1024), torch.randn(1024, 1024), torch.empty(1024, 1024)
    return lambda: torch.mm(a, b, out=c)


task = product() if TASK == "gemm" else training(TASK)
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    begin = last = time.perf_counter_ns()
    times = []
    while not times or last - begin < float(line) * 1e9:
        task()
        now = time.perf_counter_ns()
        times.append(now - last)
        last = now
    print(*times, flush=True)
